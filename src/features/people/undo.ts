import type { Undoing } from '../../bot/commands/undo-snapshot.ts'
import { text } from '../../core/text.ts'
import { notAwayCard, notStandingIn } from './absence/cards.ts'
import { absencesBack } from './absence/store.ts'
import { takenBackCard } from './portfolio/share-cards.ts'
import { sharesBack } from './portfolio/share-store.ts'
import { bookBack } from './portfolio/store.ts'
import { settingsBack } from './settings/store.ts'

/** Clients are whose they were and shared with whom they were; an absence and a mute are none. */
export const undo: Undoing = {
  what: {
    absence: text('请假', 'the absence'),
    'hand-book': text('交接', 'the hand-over'),
    'hand-client': text('客户转交', 'the hand-over of a client'),
    share: text('共享', 'the sharing'),
    unshare: text('取消共享', 'the end of the sharing'),
    backup: text('B角', 'the backup'),
    mute: text('静音', 'the mute'),
    unmute: text('取消静音', 'the end of the mute'),
  },
  clients: `select client_id from owner_change where act_id = act.id`,
  async takeBack(tx, actId, { at, who, tell }) {
    await bookBack(tx, actId, at.now)
    for (const { staffIds, client } of await sharesBack(tx, actId)) {
      for (const staffId of staffIds) {
        await tell(staffId, (language) => takenBackCard(who.name, client, language))
      }
    }
    for (const { standInId, staffId, staffName } of await absencesBack(tx, actId, at.now)) {
      if (standInId !== who.id) {
        await tell(standInId, (language) => notStandingIn(staffName, language))
      }
      if (staffId !== who.id) await tell(staffId, (language) => notAwayCard(who.name, language))
    }
    await settingsBack(tx, actId, who.id)
  },
}
