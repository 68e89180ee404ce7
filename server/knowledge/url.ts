import { HOMEPAGE } from '../rules/url.ts';

/** The topic's page for people, where no editor shows one. */
export const topicUrl = (id: string): string => `${HOMEPAGE}/blob/main/docs/knowledge/topics/${id}.md`;
