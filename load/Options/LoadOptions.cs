namespace GridMesh.Load.Options;

internal abstract record LoadOptions
{
    [Asked("Seed of what is random. 随机种子。", 1, 1_000_000)]
    public int Seed { get; init; } = 1;

    [Asked("File for the report as JSON. JSON 报告文件。", IsPrivate = true)]
    public string? Json { get; init; }

    [Asked("File for the report as HTML with plots. HTML 图表报告文件。", IsPrivate = true)]
    public string? Html { get; init; }

    [Asked("GridMesh.Silo.dll of another build, an older one too. 指定其他构建的 GridMesh.Silo.dll。", IsPrivate = true)]
    public string? Silo { get; init; }

    [Asked("Counts the calls of grains, for each position, command and door event. 统计 grain 调用次数。")]
    public bool Calls { get; init; }

    /// <summary>What is wrong besides values out of their bounds.</summary>
    public virtual IEnumerable<string> Problems() => [];
}

internal enum ProductStorage
{
    Sqlite,
    Postgres,
}

/// <summary>Of a scenario that starts a product of its own.</summary>
internal record StoreOptions : LoadOptions
{
    [Asked("sqlite or postgres. 存储。")]
    public ProductStorage Storage { get; init; } = ProductStorage.Sqlite;

    [Asked("PostgreSQL database that belongs to this run. 数据库连接串。", IsPrivate = true)]
    public string? Connection { get; init; }

    public override IEnumerable<string> Problems() => Storage == ProductStorage.Postgres == (Connection is not null)
        ? []
        : ["--storage postgres and --connection go together"];
}

/// <summary>
/// Of a scenario that also runs on a product that is there, or on a store that <c>seed</c> has filled.
/// </summary>
internal record RunOptions : StoreOptions
{
    [Asked("A product in Development that runs already, instead of a silo of its own. 已运行的服务地址。")]
    public Uri? Url { get; init; }

    [Asked("Process of that product, to sample its processor time and memory. 进程号。", 1)]
    public int? Pid { get; init; }

    [Asked("Folder that seed has filled; the run changes it. 数据目录。", IsPrivate = true)]
    public string? Data { get; init; }

    [Asked("District to work in. 区划代码。")]
    public string Area { get; init; } = "450105";

    public override IEnumerable<string> Problems()
    {
        foreach (var problem in base.Problems())
            yield return problem;
        if (Pid is not null && Url is null)
            yield return "--pid goes with --url; a product of our own is sampled anyway";
        if (Url is not null && (Storage != ProductStorage.Sqlite || Connection is not null || Data is not null))
            yield return "--storage, --connection and --data are for a product of our own; "
                + "--url names one that runs already";
    }
}
