import { SendFailure } from '../../../core/chat.ts'

/** Errors of Slack after which nothing was posted and trying again may help. */
const LATER = new Set(['ratelimited', 'rate_limited', 'service_unavailable', 'team_added_to_org'])
/** Errors after which nobody knows. */
const UNKNOWN = new Set(['fatal_error', 'internal_error', 'request_timeout'])
/** Slack does not take us as who we are: no message would go. */
const TOKEN = new Set([
  'invalid_auth',
  'not_authed',
  'account_inactive',
  'token_revoked',
  'token_expired',
  'not_allowed_token_type',
  'missing_scope',
  'no_permission',
  'org_login_required',
  'ekm_access_denied',
])
/** Errors of the network before anything was sent. */
const UNSENT = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ENETUNREACH',
  'EHOSTUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
])

interface Fault {
  readonly code?: string
  readonly retryAfter?: number
  readonly data?: { readonly error?: string }
  readonly message?: string
  readonly cause?: Fault
  readonly original?: Fault
}

/** The codes of an error and of what caused it. */
const codesOf = (fault: Fault | undefined, depth = 0): string[] =>
  fault && depth < 5
    ? [fault.code ?? '', ...codesOf(fault.cause, depth + 1), ...codesOf(fault.original, depth + 1)]
    : []

/** What Slack answered by, where it refused. */
export const reasonOf = (error: unknown): string => (error as Fault).data?.error ?? ''

/** What a failed call means for the message. */
export function failureOf(error: unknown): SendFailure {
  if (error instanceof SendFailure) return error
  const fault = error as Fault
  if (fault.code === 'slack_webapi_rate_limited_error') {
    return new SendFailure('later', 'rate limited', (fault.retryAfter ?? 1) * 1000)
  }
  if (fault.code === 'slack_webapi_platform_error') {
    const reason = fault.data?.error ?? 'unknown'
    if (TOKEN.has(reason)) return new SendFailure('away', reason)
    const kind = LATER.has(reason) ? 'later' : UNKNOWN.has(reason) ? 'unknown' : 'refused'
    return new SendFailure(kind, reason)
  }
  const unsent = codesOf(fault).find((code) => UNSENT.has(code))
  return new SendFailure(unsent ? 'away' : 'unknown', unsent ?? fault.message ?? 'no answer')
}
