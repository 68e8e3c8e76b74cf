namespace GridMesh.Gateway.Plumbing.Descriptions;

/// <summary>Parameters of queries whose rules do not say what they are.</summary>
internal static class QueryWords
{
    public static string? Of(string name) => name switch
    {
        "area" => "An area's code; the token's own by default 区域编码",
        "within" => "An area's code; the token's own by default 区域编码",
        "cursor" => "What a page handed out as `next`",
        "limit" => "Most items of the page 每页条数",
        "q" => "Part of the number or the description 编号或描述",
        "category" => "One of GET categories 类别",
        "owner" => "Id of a worker or department 承办人",
        "token" => "What was told to who asked 凭证",
        "worker" => "A worker's id",
        "department" => "A department's id",
        "day" => "A day of China, today by default 日期",
        "dryRun" => "Only tells what would change 只预演",
        "year" => "Only the days of that year are replaced",
        "thumbnail" => "The small one",
        "lng" => "Longitude, WGS84",
        "lat" => "Latitude, WGS84",
        _ => null,
    };
}
