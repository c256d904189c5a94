/** How much AWS takes in and gives out in one call. */

/** Named in one call, which pages them by ten: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DescribeCapacityProviders.html */
export const CAPACITY_PROVIDERS_PER_CALL = 100;
/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DescribeClusters.html */
export const CLUSTERS_PER_CALL = 100;
/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DescribeServices.html */
export const SERVICES_PER_CALL = 10;
/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DescribeTasks.html */
export const TASKS_PER_CALL = 100;
/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DescribeContainerInstances.html */
export const CONTAINER_INSTANCES_PER_CALL = 100;
/** Largest page of every List call; ListServices gives 10 unless asked: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ListServices.html */
export const ECS_PAGE = 100;

/** Values of all filters of a call together: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/Using_Filtering.html */
export const EC2_FILTER_VALUES = 200;
/** https://docs.aws.amazon.com/ec2/latest/devguide/ec2-api-pagination.html */
export const EC2_PAGE = 1000;
/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeInstanceTypes.html */
export const INSTANCE_TYPE_PAGE = 100;
/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeLaunchTemplateVersions.html */
export const LAUNCH_TEMPLATE_VERSIONS_PER_CALL = 200;
/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_GetManagedPrefixListEntries.html */
export const PREFIX_LIST_PAGE = 100;
/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeRouteTables.html */
export const ROUTE_TABLE_PAGE = 100;

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_DescribeTargetGroups.html */
export const TARGET_GROUP_PAGE = 400;
/** https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_DescribeLoadBalancers.html */
export const LOAD_BALANCER_PAGE = 400;
/** As above: load balancers named in one call. Beyond this, listing all of them takes fewer calls. */
export const LOAD_BALANCERS_PER_CALL = 20;
/** https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_DescribeTags.html */
export const ELB_TAGS_PER_CALL = 20;
/** No limit is published for groups named in one call; beyond this, all groups are listed. */
export const TARGET_GROUPS_BY_ARN = 20;

/** https://docs.aws.amazon.com/cloud-map/latest/api/API_ListInstances.html */
export const CLOUD_MAP_PAGE = 100;
/** One call for each, or all listed at 100 a page: beyond this, listing is cheaper in most accounts. */
export const CLOUD_MAP_SERVICES_BY_ID = 10;

/** https://docs.aws.amazon.com/efs/latest/ug/API_DescribeMountTargets.html */
export const EFS_PAGE = 100;

/** https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_DescribeAutoScalingGroups.html */
export const AUTO_SCALING_PAGE = 100;
/** Names in one call, as many as it may page: https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_DescribeAutoScalingGroups.html */
export const AUTO_SCALING_NAMES_PER_CALL = 50;
