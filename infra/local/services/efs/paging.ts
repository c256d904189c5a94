import { page, type Page } from '../../kernel/page';
import { badRequest } from './efs-error';

/** https://docs.aws.amazon.com/efs/latest/ug/API_DescribeMountTargets.html#API_DescribeMountTargets_RequestSyntax */
const DEFAULT_PAGE = 100;

interface Numbered {
  readonly serial: number;
}

/** @throws ApiError BadRequest for a marker that no list gave */
export function efsPage<Item extends Numbered>(
  items: readonly Item[],
  token: string | undefined,
  size = DEFAULT_PAGE,
): Page<Item> {
  const invalidToken = badRequest('The marker is not one that this operation gave.');
  const position = ({ serial }: Item): number => serial;
  return page(items, { token, size: Math.min(size, DEFAULT_PAGE), invalidToken, position });
}
