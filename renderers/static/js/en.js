/* English of js/*.js: Vietnamese sentence → English. */
export default {
};
