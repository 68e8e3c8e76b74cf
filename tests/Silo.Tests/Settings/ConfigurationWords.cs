using GridMesh.Contracts.Settings;

namespace GridMesh.Silo.Tests.Settings;

/// <summary>What a document of the configuration says in one language beside the settings themselves.</summary>
/// <param name="Head">Everything before the first section.</param>
/// <param name="Columns">The head of each table.</param>
/// <param name="Of">The sentence of a setting.</param>
internal sealed record ConfigurationWords(string File, string Head, string Columns, Func<SettingAttribute, string> Of)
{
    public static ConfigurationWords English { get; } = new(
        "docs/configuration.md",
        """
        # Configuration

        [中文](configuration.zh-CN.md)

        Every setting of GridMesh. This file is written by `./dev settings` from the options classes of the program and compared with them by a test: what has to change is the sentence beside the option.

        Settings come from `appsettings.json`, from environment variables (`GridMesh__Demo__Speed=20`), or from arguments: `--urls`, `--environment`, `--data`, and `--set GridMesh:Demo:Speed=20` for anything. A wrong configuration stops the start and names every problem at once; the verb `check-config` prints the value of each setting that would be used, of secrets only that they are set. A setting without a default (–) may be left out, unless its sentence says otherwise.

        ## Of the host

        | setting | default | | what |
        |---|---|---|---|
        | `urls` | `http://127.0.0.1:5080` | | Addresses to listen on; `--urls`. |
        | `ASPNETCORE_ENVIRONMENT` | `Production` | | `Development` brings the demo, development tokens and the page of the API; `--environment`. `dotnet run --project src/Silo` runs in Development. |
        | `OTEL_EXPORTER_OTLP_ENDPOINT` | – | | Sends metrics and traces by OTLP, with the other standard `OTEL_*` variables. |

        """,
        "| setting | default | range | what |\n|---|---|---|---|",
        words => words.English);

    public static ConfigurationWords Chinese { get; } = new(
        "docs/configuration.zh-CN.md",
        """
        # 配置

        [English](configuration.md)

        GridMesh 的全部配置项。本文由 `./dev settings` 根据程序中的选项类生成，并有测试核对：要改的是选项旁的那句话，不是这里。

        可用 `appsettings.json`、环境变量（`GridMesh__Demo__Speed=20`）或命令行参数：`--urls`、`--environment`、`--data`，以及适用于任意配置项的 `--set GridMesh:Demo:Speed=20`。配置有误时拒绝启动，并一次列出全部问题；命令 `check-config` 显示每个配置项实际生效的值，密钥只显示是否已设。没有默认值（–）的配置项可不设，除非说明另有要求。

        ## 宿主

        | 配置项 | 默认值 | | 含义 |
        |---|---|---|---|
        | `urls` | `http://127.0.0.1:5080` | | 监听地址；`--urls`。 |
        | `ASPNETCORE_ENVIRONMENT` | `Production` | | `Development`（开发环境）带演示、开发令牌与接口页面；`--environment`。`dotnet run --project src/Silo` 即在 Development 下运行。 |
        | `OTEL_EXPORTER_OTLP_ENDPOINT` | – | | 以 OTLP 输出指标与链路，其他标准 `OTEL_*` 变量同样有效。 |

        """,
        "| 配置项 | 默认值 | 范围 | 含义 |\n|---|---|---|---|",
        words => words.Chinese);
}
