import type { Feature } from '../../bot/feature.ts'
import { endAbsence } from './absence/end-absence.ts'
import { enterAbsence } from './absence/enter-absence.ts'
import { endShares } from './portfolio/end-shares.ts'
import { handOverBook } from './portfolio/hand-book.ts'
import { handOverClient } from './portfolio/hand-client.ts'
import { leaveBank } from './portfolio/leave-bank.ts'
import { myShares } from './portfolio/my-shares.ts'
import { backUpClient, shareClient, unshareClient } from './portfolio/share-client.ts'
import { changeUnit } from './post/change-unit.ts'
import { joinBank } from './post/join-bank.ts'
import { post } from './post/second-person.ts'
import { changeSetting, mute, unmute } from './settings/change-settings.ts'

import { undo } from './undo.ts'

export const people: Feature = {
  topic: { zh: '团队', en: 'team' },
  commands: [
    enterAbsence,
    endAbsence,
    handOverBook,
    handOverClient,
    shareClient,
    unshareClient,
    backUpClient,
    myShares,
    leaveBank,
    joinBank,
    changeUnit,
    changeSetting,
    mute,
    unmute,
  ],
  jobs: [endShares],
  undo,
  requestKinds: [post],
}
