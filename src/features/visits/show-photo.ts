import { z } from 'zod'
import { query } from '../../bot/command.ts'
import { type Day, sayDay } from '../../core/calendar/time.ts'
import { refuse } from '../../core/decision.ts'
import { photoPng } from '../../infra/pictures/picture.ts'
import { findVisible } from '../clients/store.ts'
import * as policy from './policy.ts'
import { photoOf } from './store.ts'

/** The photo of a visit, for those who may see the client. */
export const showPhoto = query<{ visitId: string }, { name: string; on: Day; png: Buffer }>({
  name: 'visit-photo',
  may: policy.showPhoto,
  help: {
    usage: { zh: '客户卡片上的"照片"', en: 'the "Photo" button of a client' },
    purpose: { zh: '看走访时拍的照片', en: 'the photo of a visit' },
  },
  input: z.object({ visitId: z.uuid() }),
  async load(tx, { visitId }, asker) {
    const found = await photoOf(tx, visitId)
    const gone = refuse('这张照片已不存在。', 'This photo is gone.')
    if (!found) return gone
    const client = await findVisible(tx, asker, found.clientId)
    if (!client) return gone
    return { name: client.name, on: found.on, png: await photoPng(found.bytes) }
  },
  reply: ({ name, on, png }, _input, { at, who }) => {
    const alt = `${name} · ${sayDay(on, at.today, who.language)}`
    return { title: alt, blocks: [{ kind: 'picture', png: png.toString('base64'), alt }] }
  },
})
