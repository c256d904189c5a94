import type { Authorization } from '../../infra/local/kernel/operation';

/** Keys that the server adds to every question: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html */
const GLOBAL =
  /^aws:(currenttime|epochtime|principalaccount|principalarn|principalisawsservice|principaltype|requestedregion|securetransport|sourceip|useragent|userid|username|viaawsservice)$/;

/** What a service itself asks IAM, without the condition keys that every question carries. */
export function ownQuestions(asked: readonly Authorization[]): readonly Authorization[] {
  return asked.map(({ action, resource, context = {} }) => {
    const own = Object.entries(context).filter(([key]) => !GLOBAL.test(key));
    return own.length === 0 ? { action, resource } : { action, resource, context: Object.fromEntries(own) };
  });
}
