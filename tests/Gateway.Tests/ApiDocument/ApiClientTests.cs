using System.Diagnostics;
using GridMesh.Product.Fixture;

namespace GridMesh.Gateway.Tests.ApiDocument;

/// <summary>What an integrator does, with the tools of the trade (tests/ApiClient).</summary>
public sealed class ApiClientTests(Product product)
{
    /// <summary>Of the repository.</summary>
    public static string Root { get; } = Find();

    private static readonly string s_folder = Path.Combine(Root, "tests", "ApiClient");

    [Fact(DisplayName = "[AD6] the description is linted without a warning; types generated of it compile strictly, and what is built on them works")]
    public async Task TypeScript()
    {
        Assert.SkipUnless(await HasNpmAsync(), "npm was not found");
        if (!System.IO.Directory.Exists(Path.Combine(s_folder, "node_modules")))
            await RunAsync("npm", "ci", "--no-audit", "--no-fund", "--loglevel=error");

        var generated = System.IO.Directory.CreateDirectory(Path.Combine(s_folder, "generated")).FullName;
        foreach (var name in new[] { "v1", "open311" })
        {
            var document = Path.Combine(generated, $"{name}.json");
            await File.WriteAllTextAsync(document, await product.App.Http.GetStringAsync($"/openapi/{name}.json"));
            await RunAsync("npm", "run", "--silent", "lint", "--", document);
            await RunAsync(
                "npm", "run", "--silent", "generate", "--", document, "-o", Path.Combine(generated, $"{name}.ts"));
        }

        await RunAsync("npm", "run", "--silent", "compile");
        var said = await RunAsync(
            "node", Path.Combine("out", "src", "program.js"), product.App.Url.ToString().TrimEnd('/'),
            SmallDistrict.Grid);
        said.ShouldContain("1 litter Urgent");
        said.ShouldContain("watched by LongPolling");
    }

    private static async Task<bool> HasNpmAsync()
    {
        try
        {
            await RunAsync("npm", "--version");
            return true;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }

    private static async Task<string> RunAsync(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            UseShellExecute = false, WorkingDirectory = s_folder, RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var told = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        var text = $"{await told}\n{await errors}";
        process.ExitCode.ShouldBe(0, $"{program} {string.Join(' ', arguments)}\n{text}");
        return text;
    }

    private static string Find()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "GridMesh.sln")))
            folder = Path.GetDirectoryName(folder)
                ?? throw new InvalidOperationException("GridMesh.sln was not found above the tests");

        return folder;
    }
}
