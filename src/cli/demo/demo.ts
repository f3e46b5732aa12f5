import { createApp } from '../../app.ts'
import type { Config } from '../../config.ts'
import { night } from '../../features/tasks/care/run-night.ts'
import { push } from '../../features/tasks/list/push-morning.ts'
import { createLog } from '../../infra/log.ts'
import { redirect } from '../../infra/web.ts'
import { webChatOf } from '../channels.ts'
import { endOnSignal } from '../end-on-signal.ts'
import { DEMO_FOLDER, openDemo } from '../open.ts'
import { ensureDemoBank } from './demo-bank.ts'

/** A bank to try everything on: made once in a folder of its own, pushed to, served on loopback. */
export async function demo(config: Config): Promise<void> {
  const log = createLog(config.LOG_LEVEL === 'info' ? 'warn' : config.LOG_LEVEL)
  const ending = endOnSignal()
  const database = await openDemo(config)
  const web = webChatOf(config, database)
  const app = await createApp(
    { ...config, MORNING_SPREAD_SECONDS: 0 },
    {
      database,
      log,
      channels: [web],
      mounts: [
        { path: '/chat', routes: web.routes },
        // Whoever types the bare address means the chat: there is nothing else to try.
        redirect('/', '/chat'),
      ],
    },
  )
  const since = await ensureDemoBank(app)
  await night(app.services, app.services.moment())
  const { port } = await app.start()
  const pushed = await push(app.services, app.services.moment(), { dryRun: false, anyDay: true })
  await app.delivery.settled()
  const url = `http://${config.HOST}:${port}/chat`
  console.log(
    `${config.BANK_NAME}（演示数据，建于 ${since}） · 晨会已发给 ${pushed.queued + pushed.already} 位客户经理
  打开  ${url}
  比如  ${url}/as/M001   客户经理的早晨
  Ctrl+C 停止；数据留在 ${config.DATA_DIR ?? DEMO_FOLDER}，删掉它就重新生成。

Demo bank of ${since}: morning lists went to ${pushed.queued + pushed.already} client managers.
  Open  ${url}   (stop with Ctrl+C; delete ${config.DATA_DIR ?? DEMO_FOLDER} to start afresh)`,
  )
  ending.by(() => app.stop())
}
