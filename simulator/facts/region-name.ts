/** What names of Regions look like, those of the European Sovereign Cloud (`eusc-de-east-1`) and of days to come included. */
export const regionName = /^[a-z]{2,4}(-[a-z]+)+-\d+$/;
