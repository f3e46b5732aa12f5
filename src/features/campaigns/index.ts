import type { Feature } from '../../bot/feature.ts'
import { figuresBook, showFigures } from './figures/show-figures.ts'
import { moveCampaign, returnForm } from './move-campaign.ts'
import { runCampaigns } from './run-campaigns.ts'
import { changeCampaignForm, newCampaignForm, saveCampaign } from './save-campaign.ts'
import { setApproval } from './set-approval.ts'
import { campaignClients, showCampaign } from './show-campaign.ts'
import { tagClient, tagForm } from './tag/tag-client.ts'

export const campaigns: Feature = {
  topic: { zh: '活动', en: 'campaigns' },
  commands: [
    tagClient,
    tagForm,
    newCampaignForm,
    changeCampaignForm,
    saveCampaign,
    moveCampaign,
    returnForm,
    setApproval,
    campaignClients,
    showFigures,
    figuresBook,
    showCampaign,
  ],
  jobs: [runCampaigns],
}
