import { ApiError } from '../../kernel/api-error';
import type { Page } from '../../kernel/page';
import { page } from '../../kernel/page';
import { validationError } from './state';

interface PageParameters {
  readonly MaxRecords?: number | undefined;
  readonly NextToken?: string | undefined;
}

export interface PageSize {
  readonly usual: number;
  readonly max: number;
}

export function pageOf<Item>(items: readonly Item[], asked: PageParameters, { usual, max }: PageSize): Page<Item> {
  const { MaxRecords: size = usual, NextToken: token } = asked;
  if (size < 1 || size > max) throw validationError(`MaxRecords must be from 1 to ${String(max)}`);
  const invalidToken = new ApiError('InvalidNextToken', 'The NextToken value is not valid.');
  return page(items, { token, size, invalidToken });
}
