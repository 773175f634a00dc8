/** The AWS account that everything local belongs to; the one that dynalite and fauxqs put into their ARNs. */
export const ACCOUNT_ID = '000000000000';
