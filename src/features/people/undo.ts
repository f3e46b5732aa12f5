import type { Undoing } from '../../bot/commands/undo-snapshot.ts'
import { textCard } from '../../core/card.ts'
import { speaker, text } from '../../core/text.ts'
import { notAwayCard, notStandingIn } from './absence/cards.ts'
import { absencesBack } from './absence/store.ts'
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
    for (const { staffId, client } of await sharesBack(tx, actId)) {
      await tell(staffId, (language) =>
        textCard(
          speaker(language)(
            `${who.name}收回了客户 **${client}** 的共享。`,
            `${who.name} no longer shares the client **${client}** with you.`,
          ),
        ),
      )
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
