/** A style sheet goes into the page's own one; importing it gives nothing. */
declare module '*.css';
