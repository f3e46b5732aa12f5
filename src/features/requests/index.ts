import type { Feature } from '../../bot/feature.ts'
import type { RequestKind } from '../../bot/request-kind.ts'
import { confirmRequest, declineRequest } from './decide-request.ts'
import { lapseRequests } from './lapse-requests.ts'
import { listRequests } from './list-requests.ts'

/** What needs a second person, of all the kinds that features have of it. */
export const requests = (kindsOf: () => readonly RequestKind[]): Feature => ({
  topic: { zh: '团队', en: 'team' },
  commands: [listRequests(kindsOf), confirmRequest(kindsOf), declineRequest(kindsOf)],
  jobs: [lapseRequests(kindsOf)],
})
