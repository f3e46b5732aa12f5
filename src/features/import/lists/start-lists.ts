import { startImport } from '../start-import.ts'

/** Many onto the negative list. */
export const importNegative = startImport('negative', {
  name: 'negative-import',
  help: {
    usage: { zh: '负面 导入', en: 'negative import' },
    purpose: {
      zh: '用表格列入负面清单：先看预览，确认后写入',
      en: 'add to the negative list from a workbook: you see what would change before it is written',
    },
  },
  words: ['负面 导入', '负面导入', '负面清单 导入', 'negative import'],
  asks: {
    zh: '请发来表格：手机号、身份证号、统一社会信用代码至少一列，还有理由、到期日（空为长期）。要模板发"负面 模板"。',
    en: 'Send the workbook: at least one of phone, ID number and social credit code, then reason and until (blank: for good). Say "negative template" for an empty one.',
  },
})

/** The clients to exit. */
export const importExits = startImport('exit', {
  name: 'exit-import',
  help: {
    usage: { zh: '退出名单 导入', en: 'exit list import' },
    purpose: {
      zh: '用表格指定要退出的客户：先看预览，确认后逐户进入 F 淘汰的审批',
      en: 'name the clients to exit from a workbook: after a preview and your yes each move into F waits for approval',
    },
  },
  words: ['退出名单 导入', '退出名单导入', 'exit list import', '退出名单', 'exit list'],
  asks: {
    zh: '请发来退出名单：手机号、身份证号、统一社会信用代码至少一列，还有理由。要模板发"退出名单 模板"；今年没有就发"退出名单 无"。',
    en: 'Send the exit list: at least one of phone, ID number and social credit code, and the reason. Say "exit list template" for an empty one, or "exit list none" when there is nobody this year.',
  },
})

/** A filled-in sheet of quotas. */
export const takeQuotaSheet = startImport('quotas', {
  name: 'take-quota-sheet',
  help: {
    usage: { zh: '（发来填好的指标表）', en: '(the filled-in sheet of quotas)' },
    purpose: {
      zh: '按表定指标：先看预览，确认后生效',
      en: 'set quotas by a sheet: you see what would change before it counts',
    },
  },
})

/** Chat accounts of people. */
export const importAccounts = startImport('accounts', {
  name: 'import-accounts',
  help: {
    usage: { zh: '导入 账号', en: 'import accounts' },
    purpose: {
      zh: '用表格对应企业微信账号和工号：先看预览，确认后生效',
      en: 'join WeCom accounts to staff codes by a workbook: you see what would change before it counts',
    },
  },
  words: ['导入 账号', '导入账号', '账号 导入', '账号导入', 'import accounts'],
  asks: {
    zh: '请发来通讯录：要有"工号""账号"两列。要填好工号的空表发"账号表"。',
    en: 'Send the contact list with the columns code and userid. Say "account sheet" for one to fill in.',
  },
})
