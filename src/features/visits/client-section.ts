import type { ClientSection } from '../../bot/client-section.ts'
import { latestVisitsOf } from './store.ts'

/** When a client was visited. */
export const clientSection: ClientSection = {
  name: 'visits',
  heading: { zh: '走访', en: 'Visits' },
  async items(tx, client, { say }) {
    const visits = await latestVisitsOf(tx, client.id)
    return visits.map(({ id, on, by, note, photo }) => {
      const intent = { command: 'visit-photo', input: { visitId: id } }
      return {
        text: `${on.slice(5)} "${note}" · ${by}`,
        ...(photo && { buttons: [{ label: say('照片', 'Photo'), intent }] }),
      }
    })
  },
}
