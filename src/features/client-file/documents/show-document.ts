import { z } from 'zod'
import { query } from '../../../bot/command.ts'
import { readBytes } from '../../../bot/inbox/uploads.ts'
import type { Block } from '../../../core/card.ts'
import { refuse } from '../../../core/decision.ts'
import { photoPng } from '../../../infra/pictures/picture.ts'
import { findVisible } from '../../clients/store.ts'
import * as policy from '../policy.ts'
import { documentOf } from './store.ts'

/** A document of a client's file, for those who may see the client: a picture as one, anything else to take away. */
export const showDocument = query<{ documentId: string }, { title: string; block: Block }>({
  name: 'client-document',
  may: policy.showFile,
  help: {
    usage: { zh: '客户档案里的"查看"按钮', en: 'the "Open" button of a file' },
    purpose: { zh: '看客户档案里的照片或文件', en: 'a photo or document of a client’s file' },
  },
  input: z.object({ documentId: z.uuid() }),
  async load(tx, { documentId }, asker) {
    const gone = refuse('这份资料已不存在。', 'This document is gone.')
    const document = await documentOf(tx, documentId)
    const client = document && (await findVisible(tx, asker, document.clientId))
    const file = client && (await readBytes(tx, document.uploadId))
    if (!client || !file) return gone
    const png = await photoPng(file.bytes).catch(() => null)
    const title = `${client.name} · ${document.name}`
    const block: Block = png
      ? { kind: 'picture', png: png.toString('base64'), alt: title }
      : { kind: 'file', name: file.name, base64: file.bytes.toString('base64') }
    return { title, block }
  },
  reply: ({ title, block }) => ({ title, blocks: [block] }),
})
