namespace GridMesh.Load.Options;

internal record LoadOptions
{
    [Asked("Seed of what is random. 随机种子。", 1, 1_000_000)]
    public int Seed { get; init; } = 1;

    [Asked("File for the report as JSON. JSON 报告文件。", IsPrivate = true)]
    public string? Json { get; init; }

    [Asked("File for the report as HTML with plots. HTML 图表报告文件。", IsPrivate = true)]
    public string? Html { get; init; }

    [Asked("GridMesh.Silo.dll of another build, an older one too. 指定其他构建的 GridMesh.Silo.dll。", IsPrivate = true)]
    public string? Silo { get; init; }

    /// <summary>What is wrong besides values out of their bounds.</summary>
    public virtual IEnumerable<string> Problems() => [];
}

/// <summary>Of a scenario that starts a product of its own.</summary>
internal record StoreOptions : LoadOptions
{
    [Asked("PostgreSQL database that belongs to this run; SQLite without it. 数据库连接串。", IsPrivate = true)]
    public string? Connection { get; init; }
}

/// <summary>Of a scenario that also runs on a store that <c>seed</c> has filled, or on what runs already.</summary>
internal record RunOptions : StoreOptions
{
    [Asked("Product that runs already, as http://127.0.0.1:5080. 已在运行的产品地址。", IsPrivate = true)]
    public Uri? Url { get; init; }

    [Asked("Folder that seed has filled; the run changes it. 数据目录。", IsPrivate = true)]
    public string? Data { get; init; }

    [Asked("District to work in. 区划代码。")]
    public string Area { get; init; } = "450105";
}
