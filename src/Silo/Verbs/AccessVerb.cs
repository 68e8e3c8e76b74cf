using GridMesh.Gateway.Accounts;
using GridMesh.Gateway.Plumbing.Hosting;
using GridMesh.Storage;

namespace GridMesh.Silo.Verbs;

/// <summary>
/// Runs a verb about accounts or tokens, also beside the process that serves: it is in force there within a second.
/// </summary>
internal static class AccessVerb
{
    public static Task<int> RunAsync(string[] settings, Func<IServiceProvider, Task<int>> run)
    {
        var builder = MeshBuilder.Create(settings);
        return StorageVerb.RunAsync(settings, run, isReader: true, more: services => services.AddAccessAdmin(
            builder.Configuration, builder.Environment.IsDevelopment(),
            builder.Configuration["GridMesh:Data"] ?? new StorageOptions().DataFolder));
    }

    public static async Task<int> RefuseAsync(string why)
    {
        await Console.Error.WriteLineAsync(why);
        return 1;
    }

    /// <summary>Says what does not hold, so that all that is wrong is said at once.</summary>
    public static bool Check(bool holds, string otherwise)
    {
        if (!holds)
            Console.Error.WriteLine(otherwise);

        return holds;
    }
}
