import { z } from 'zod'
import type { ContactWays } from '../../../core/gateways.ts'
import type { Check } from '../../plugin.ts'
import { ApiFailure, type ApiOptions, createApi } from './api.ts'
import { adviceOn } from './check.ts'

/** No picture of a QR code is larger. */
const MOST_BYTES = 256 * 1024
const PATIENCE_MS = 10_000

const made = z.object({
  config_id: z.string().min(1).max(200),
  qr_code: z.url({ protocol: /^https?$/ }).max(2000),
})
const done = z.looseObject({})

/** A way is one member's (`type`), and found by a QR code (`scene`). */
const ONE_MEMBER = 1
const BY_QR_CODE = 2

/**
 * Customer contact (developer.work.weixin.qq.com/document/path/92228). What is made so is shown in no admin
 * console, and a repeat makes another: who calls keeps the `config_id`.
 */
export function createContactWays(options: ApiOptions): ContactWays {
  const api = createApi(options)
  return {
    async make(userId, state) {
      const body = { type: ONE_MEMBER, scene: BY_QR_CODE, user: [userId], state, skip_verify: true }
      const { config_id: configId, qr_code: address } = await understood(
        api.call('/cgi-bin/externalcontact/add_contact_way', made, body),
      )
      return { configId, address }
    },
    picture,
    async end(configId) {
      const body = { config_id: configId }
      await understood(api.call('/cgi-bin/externalcontact/del_contact_way', done, body))
    },
  }
}

async function understood<Answer>(answer: Promise<Answer>): Promise<Answer> {
  try {
    return await answer
  } catch (error) {
    if (!(error instanceof z.ZodError)) throw error
    throw new ApiFailure('unknown', 'not an answer of WeCom')
  }
}

/** A picture as WeCom serves it, without a token. */
async function picture(address: string): Promise<Uint8Array> {
  try {
    const response = await fetch(address, { signal: AbortSignal.timeout(PATIENCE_MS) })
    if (!response.ok || !response.body) throw new ApiFailure('later', `picture: ${response.status}`)
    const pieces: Uint8Array[] = []
    let size = 0
    for await (const piece of response.body) {
      size += piece.length
      if (size > MOST_BYTES) throw new ApiFailure('refused', 'picture: too large')
      pieces.push(piece)
    }
    return Buffer.concat(pieces)
  } catch (error) {
    if (error instanceof ApiFailure) throw error
    // The address would tell whose it is.
    throw new ApiFailure('later', 'picture: no answer')
  }
}

const members = z.object({ follow_user: z.array(z.string()) })

/** Asks WeCom who may be added as a contact, and says what to mend. */
export async function checkContactWays(options: Omit<ApiOptions, 'tokens'>): Promise<Check> {
  const tokens = { read: async () => null, write: async () => {} }
  const api = createApi({ ...options, tokens })
  try {
    const { follow_user: list } = await understood(
      api.call('/cgi-bin/externalcontact/get_follow_user_list', members),
    )
    if (list.length > 0)
      return { ok: true, text: `企业微信客户联系 WeCom customer contact: ${list.length} 人 people` }
    return {
      ok: false,
      text: '企业微信客户联系：没有人可用，转介页不会有联系码。请在"客户联系 → 权限配置 → 使用范围"里加上客户经理。 WeCom customer contact: nobody may use it, so referral pages show no contact code. Add the client managers to its scope.',
    }
  } catch (error) {
    const { errcode, message } =
      error instanceof ApiFailure ? error : new ApiFailure('unknown', String(error))
    return {
      ok: false,
      text: `企业微信客户联系 WeCom customer contact: ${message}。${adviceFor(errcode, message)}`,
    }
  }
}

function adviceFor(errcode: number, message: string): string {
  switch (errcode) {
    case 40001:
      return '请核对 WECOM_CONTACT_SECRET。 Check WECOM_CONTACT_SECRET.'
    case 48002:
    case 84074:
      return '这个 Secret 没有客户联系权限：请用"客户联系"的 Secret，或在"客户联系 → 可调用应用"里加上它的应用。 This secret may not use customer contact: take the one of 客户联系, or add its app to those that may call it.'
    default:
      return adviceOn(errcode, message)
  }
}
