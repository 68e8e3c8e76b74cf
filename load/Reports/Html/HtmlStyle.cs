namespace GridMesh.Load.Reports.Html;

/// <summary>How the page looks, by day and by night.</summary>
internal static class HtmlStyle
{
    public const string Css = """
        :root{color-scheme:light dark;--bg:#fbfbfa;--ink:#1d2326;--soft:#66727a;--rule:#dfe3e5;--card:#fff;
          --met:#1a7f4b;--missed:#c2362b;--c0:#1f6fb2;--c1:#d9822b;--c2:#2b9a66;--c3:#b4408f;--c4:#7a5cc4;--c5:#8a7a1f}
        @media(prefers-color-scheme:dark){:root{--bg:#14181a;--ink:#e4e9eb;--soft:#93a0a7;--rule:#2c3438;--card:#1b2124;
          --met:#4cc38a;--missed:#ff7a6b;--c0:#5fb0f0;--c1:#f0a860;--c2:#5fd39c;--c3:#ea86c8;--c4:#b09bf0;--c5:#d6c65a}}
        body{margin:0 auto;max-width:1360px;padding:24px;background:var(--bg);color:var(--ink);
          font:14px/1.5 system-ui,"Noto Sans CJK SC","Microsoft YaHei",sans-serif}
        h1{font-size:24px;margin:0}h2{font-size:16px;margin:28px 0 8px}header p{margin:2px 0 12px;color:var(--soft)}
        h1 b{font-size:14px;padding:2px 10px;border-radius:10px;border:1px solid;vertical-align:middle;margin-left:8px}
        .met{color:var(--met)}.missed{color:var(--missed)}
        dl{display:grid;grid-template-columns:max-content 1fr;gap:2px 16px;margin:0}dt{color:var(--soft)}dd{margin:0;overflow-wrap:anywhere}
        .plots{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,520px),1fr));gap:16px;margin-top:20px}
        figure{margin:0;padding:12px;background:var(--card);border:1px solid var(--rule);border-radius:8px}
        figcaption{font-weight:600;margin-bottom:4px}small{color:var(--soft);font-weight:400}
        svg{width:100%;height:auto;display:block}svg text{font-size:11px;fill:var(--soft)}.grid{stroke:var(--rule);stroke-width:1}
        polyline{fill:none;stroke-width:1.8;stroke-linejoin:round}
        .legend{list-style:none;display:flex;flex-wrap:wrap;gap:2px 16px;margin:6px 0 0;padding:0;color:var(--soft);font-size:12px}
        .legend i{display:inline-block;width:12px;height:3px;margin-right:6px;vertical-align:middle}
        .wide{overflow-x:auto}table{border-collapse:collapse;min-width:50%}
        th,td{text-align:right;padding:4px 12px;border-bottom:1px solid var(--rule);font-variant-numeric:tabular-nums}
        th{color:var(--soft);font-weight:500}th:first-child,td:first-child{text-align:left;padding-left:0}
        td:last-child:not(:first-child),th:last-child:not(:first-child){padding-right:0}
        polyline.c0{stroke:var(--c0)}polyline.c1{stroke:var(--c1)}polyline.c2{stroke:var(--c2)}
        polyline.c3{stroke:var(--c3)}polyline.c4{stroke:var(--c4)}polyline.c5{stroke:var(--c5)}
        circle.c0,i.c0{fill:var(--c0);background:var(--c0)}circle.c1,i.c1{fill:var(--c1);background:var(--c1)}
        circle.c2,i.c2{fill:var(--c2);background:var(--c2)}circle.c3,i.c3{fill:var(--c3);background:var(--c3)}
        circle.c4,i.c4{fill:var(--c4);background:var(--c4)}circle.c5,i.c5{fill:var(--c5);background:var(--c5)}
        """;
}
