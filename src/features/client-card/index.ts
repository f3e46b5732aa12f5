import type { ClientSection } from '../../bot/client-section.ts'
import type { Feature } from '../../bot/feature.ts'
import { showPreparation } from './prepare/show-preparation.ts'
import { showClient } from './show-client.ts'

/** The card of a client, of the sections that the features have of one. */
export const clientCard = (sectionsOf: () => readonly ClientSection[]): Feature => ({
  topic: { zh: '客户', en: 'clients' },
  commands: [showClient(sectionsOf), showPreparation],
})
