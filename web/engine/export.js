export default createJiju;
