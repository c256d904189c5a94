import type {
  DeleteAccountSettingRequest,
  DeleteAccountSettingResponse,
  ListAccountSettingsRequest,
  ListAccountSettingsResponse,
  PutAccountSettingDefaultRequest,
  PutAccountSettingRequest,
  PutAccountSettingResponse,
  Setting,
} from '@aws-sdk/client-ecs';
import type { Call } from '../../kernel/operation';
import { operation } from '../../kernel/operation';
import { accountSetting, changeSetting, EVERYONE, forgetSetting, SETTINGS } from './account-setting';
import { invalidParameter } from './ecs-error';
import type { PageSize } from './list-page';
import { listPage } from './list-page';
import { ecsState } from './store';

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ListAccountSettings.html */
const PAGE: PageSize = { standard: 10, max: 10 };

/** The SDK's enumeration of names is behind AWS's, so the name is read as text. */
type Named<Request> = Omit<Request, 'name'> & { readonly name?: string | undefined };

export const accountSettingOperations = {
  ListAccountSettings: operation<Named<ListAccountSettingsRequest>, ListAccountSettingsResponse>({
    accepts: ['name', 'value', 'principalArn', 'effectiveSettings', 'nextToken', 'maxResults'],
    run(input, { scope, principal }) {
      const principalArn = input.principalArn ?? principal.arn;
      const names = input.name === undefined ? [...SETTINGS.keys()] : [knownName(input.name)];
      const own = ecsState(scope).settings.get(principalArn);
      const shown = names.filter((name) => input.effectiveSettings === true || own?.has(name));
      const settings = shown.map((name) => setting(name, accountSetting(scope, name, principalArn), principalArn));
      const matching = settings.filter(({ value }) => input.value === undefined || value === input.value);
      const { items, token } = listPage(matching, input, PAGE);
      return { settings: items, nextToken: token };
    },
  }),

  PutAccountSetting: operation<Named<PutAccountSettingRequest>, PutAccountSettingResponse>({
    accepts: ['name', 'value', 'principalArn'],
    run: (input, call) => put(input, input.principalArn ?? call.principal.arn, call),
  }),

  DeleteAccountSetting: operation<Named<DeleteAccountSettingRequest>, DeleteAccountSettingResponse>({
    accepts: ['name', 'principalArn'],
    run({ name = '', principalArn }, { scope, principal }) {
      const whose = principalArn ?? principal.arn;
      return { setting: setting(name, forgetSetting(scope, name, whose), whose) };
    },
  }),

  PutAccountSettingDefault: operation<Named<PutAccountSettingDefaultRequest>, PutAccountSettingResponse>({
    accepts: ['name', 'value'],
    run: (input, call) => put(input, EVERYONE, call),
  }),
};

type Put = Pick<Named<PutAccountSettingRequest>, 'name' | 'value'>;

function put({ name = '', value = '' }: Put, principalArn: string, { scope, principal }: Call) {
  changeSetting(scope, { name, value, principalArn });
  return { setting: setting(name, value, principalArn === EVERYONE ? principal.arn : principalArn) };
}

function knownName(name: string): string {
  if (!SETTINGS.has(name)) throw invalidParameter(`Invalid account setting: ${name}`);
  return name;
}

function setting(name: string, value: string, principalArn: string): Setting {
  // The SDK's type lacks names that AWS has.
  const named: Record<string, string> = { name, value, principalArn, type: 'user' };
  return named;
}
