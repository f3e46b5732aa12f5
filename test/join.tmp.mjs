import sharp from 'sharp'
const [,,out,...f]=process.argv
const m=await Promise.all(f.map(x=>sharp(x).metadata())); const h=Math.max(...m.map(x=>x.height)); let x=0
const c=f.map((p,i)=>{const r={input:p,left:x,top:0}; x+=m[i].width+6; return r})
await sharp({create:{width:x,height:h,channels:3,background:'#888'}}).composite(c).png().toFile(out)
