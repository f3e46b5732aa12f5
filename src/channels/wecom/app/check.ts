import { z } from 'zod'
import type { Check } from '../../plugin.ts'
import { ApiFailure, createApi } from './api.ts'

/** Asks WeCom whether the app's settings are right, and says what to mend. */
export async function checkWecomApp(settings: {
  readonly corpId: string
  readonly secret: string
  readonly agentId: number
  readonly apiUrl: string
  readonly callback: string
}): Promise<Check[]> {
  const tokens = { read: async () => null, write: async () => {} }
  const api = createApi({ ...settings, tokens })
  const agent = z.object({ name: z.string(), close: z.number().default(0) })
  try {
    const query = { agentid: String(settings.agentId) }
    const { name, close } = await api.call('/cgi-bin/agent/get', agent, undefined, query)
    return [
      close
        ? {
            ok: false,
            text: `企业微信应用"${name}"已停用，请在管理后台启用。 The WeCom app is disabled; enable it in the admin console.`,
          }
        : {
            ok: true,
            text: `企业微信应用 WeCom app: ${name}，回调地址 callback ${settings.callback}`,
          },
    ]
  } catch (error) {
    const { errcode, message } =
      error instanceof ApiFailure ? error : new ApiFailure('unknown', String(error))
    return [
      { ok: false, text: `企业微信应用 WeCom app: ${message}。${adviceOn(errcode, message)}` },
    ]
  }
}

/** What to mend (developer.work.weixin.qq.com/document/path/90313). */
export function adviceOn(errcode: number, message: string): string {
  switch (errcode) {
    case 60020: {
      const ip = message.match(/ip: ?([0-9a-f.:]+)/i)?.[1] ?? ''
      return `请在应用的"企业可信IP"里加上本服务的出口地址 ${ip}。 Add the service's outgoing address ${ip} to the app's trusted IPs.`
    }
    case 40013:
      return '请核对 WECOM_CORP_ID（我的企业 → 企业ID）。 Check WECOM_CORP_ID.'
    case 40001:
      return '请核对 WECOM_APP_SECRET（应用详情页）。 Check WECOM_APP_SECRET.'
    case 40056:
    case 301002:
      return '请核对 WECOM_APP_AGENT_ID。 Check WECOM_APP_AGENT_ID.'
    case 48002:
    case 60011:
      return '请在应用的"可见范围"里加上要读的部门。 Add the departments to what the app may see.'
    case 45009:
    case 45033:
      return '调用次数已到上限，消息会等到可以发送时再发。 The quota is used up; messages wait until they may be sent.'
    default:
      return '请核对 WECOM_CORP_ID、WECOM_APP_AGENT_ID、WECOM_APP_SECRET 和网络。 Check the settings and the network.'
  }
}
