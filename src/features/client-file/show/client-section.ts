import type { ClientSection } from '../../../bot/client-section.ts'
import { dayIn, sayDay } from '../../../core/calendar/time.ts'
import { notesOf } from '../../clients/file/rows-store.ts'
import { completenessOf } from '../../completeness/store.ts'
import { creditOf } from '../../facilities/rules.ts'
import { facilitiesOf } from '../../facilities/store.ts'
import { missingLine } from '../complete/cards.ts'
import { settledOf } from '../store.ts'
import { creditLine, settledLine } from './cards.ts'

/** So many of the latest notes stand on the card; all of them on the file. */
const NOTES = 2

/** So many of what is missing are named. */
const NAMED = 3

/** The file in short: what the bank lent, the latest notes; the rest behind a button. */
export const clientSection: ClientSection = {
  name: 'file',
  heading: { zh: '档案', en: 'File' },
  async items(tx, { id }, { at, say, who, shared }) {
    const [[settled], facilities, notes, complete] = await Promise.all([
      settledOf(tx, id),
      facilitiesOf(tx, id),
      notesOf(tx, id),
      completenessOf(tx, { clientId: id, today: at.today }),
    ])
    const lacks = complete && complete.missing.length > 0
    const credit = facilities.length > 0 && !settled ? [creditOf(facilities, at.today)] : []
    return [
      ...(settled
        ? [{ text: settledLine(settled, { at, language: who.language, shared }, say) }]
        : []),
      ...credit.map((each) => ({
        text: creditLine(each, { at, language: who.language, shared }, say),
      })),
      ...(lacks ? [{ text: missingLine(complete, who.language, NAMED) }] : []),
      ...notes.slice(0, NOTES).map(({ text, by, at: noted }) => ({
        text: [`"${text}"`, sayDay(dayIn(noted, at.timezone), at.today, who.language), by]
          .filter(Boolean)
          .join(' · '),
      })),
    ]
  },
  buttons: async (_tx, { id }, { say }) => [
    { label: say('客户档案', 'File'), intent: { command: 'client-file', input: { clientId: id } } },
  ],
}
