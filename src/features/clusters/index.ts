import type { Feature } from '../../bot/feature.ts'
import { text } from '../../core/text.ts'
import { keepCluster, visitCluster } from './keep-cluster.ts'
import { listClusters, showCluster } from './show-cluster.ts'

export const clusters: Feature = {
  topic: text('集群', 'clusters'),
  commands: [listClusters, showCluster, keepCluster, visitCluster],
}
