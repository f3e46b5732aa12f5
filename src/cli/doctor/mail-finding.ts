import type { Finding } from '../../channels/plugin.ts'
import { type Config, mailOf } from '../../config.ts'

/** Whether the mail server takes us; none where no mail is set. */
export async function mailFindings(config: Config): Promise<Finding[]> {
  const settings = mailOf(config)
  if (!settings) {
    if (!config.MAIL_URL && !config.MAIL_FROM) return []
    const text =
      '邮件只配置了一部分：MAIL_URL 和 MAIL_FROM 都要有。 Mail needs both MAIL_URL and MAIL_FROM.'
    return [{ state: 'no', text }]
  }
  const { host } = new URL(settings.url)
  try {
    const { createMailer } = await import('../../infra/mail.ts')
    await createMailer(settings).verify()
    return [{ state: 'ok', text: `邮件 mail: ${host}` }]
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    const text = `邮件服务器 ${host} 不能用（${why}），绑定码发不出去：请核对 MAIL_URL 的地址、用户名、密码和 TLS。 The mail server does not take us: check address, user, password and TLS in MAIL_URL.`
    return [{ state: 'no', text }]
  }
}
