import type { ClientSection } from '../../bot/client-section.ts'
import { toldLine } from './cards.ts'
import { toldOf } from './store.ts'

/** So many of the latest stand on the card. */
const MOST = 3

/** What was asked about the client, and what was answered. */
export const clientSection: ClientSection = {
  name: 'enquiries',
  heading: { zh: '询问与答复', en: 'Enquiries' },
  items: async (tx, { id }, { at, who }) =>
    (await toldOf(tx, id, MOST)).map((told) => ({ text: toldLine(told, at, who.language) })),
  buttons: async (_tx, { id }, { say }) => [
    {
      label: say('询问', 'Enquire'),
      opensForm: true,
      intent: { command: 'enquiry-form', input: { clientId: id } },
    },
  ],
}
