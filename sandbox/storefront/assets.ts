/** Style and script of the pages, as the shop's own servers send them. */
export const assets: Readonly<Record<string, { readonly type: string; readonly text: string }>> = {
  'app.css': {
    type: 'text/css',
    text: `:root{color-scheme:light dark}body{font:16px/1.5 system-ui,sans-serif;margin:0}
header,main,footer{max-width:60rem;margin:auto;padding:1rem}header a{font-weight:700}a{color:inherit}
.banner{width:100%;height:auto;border-radius:.75rem}article{display:flex;flex-wrap:wrap;gap:1.5rem}
article img{border-radius:.75rem;max-width:100%;height:auto}.price{font-size:1.5rem;margin:.5rem 0}
ul{display:grid;grid-template-columns:repeat(auto-fill,minmax(10rem,1fr));gap:1rem;padding:0;list-style:none}
li{border:1px solid #8886;border-radius:.5rem;padding:.75rem}li img{display:block;max-width:100%}
section:not(.open) li:nth-child(n+7){display:none}
button{font:inherit;padding:.5rem 1rem;border:1px solid;border-radius:.5rem;background:none;color:inherit}`,
  },
  'app.js': {
    type: 'text/javascript',
    text: `document.documentElement.dataset.ready='true';
document.addEventListener('click',({target})=>{
  if(target.matches('[data-more]'))target.closest('section').classList.toggle('open');
  if(target.matches('[data-buy]'))target.textContent='In your cart';
});`,
  },
};
