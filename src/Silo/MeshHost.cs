using GridMesh.Contracts.Directory;
using GridMesh.Contracts.Storage;
using GridMesh.Demo;
using GridMesh.Gateway;
using GridMesh.Gateway.Access;
using GridMesh.Grains.Directory;
using GridMesh.Grains.Live;
using GridMesh.Silo.Hosting;
using GridMesh.Silo.Live;
using GridMesh.Storage;

namespace GridMesh.Silo;

/// <summary>Puts the process together: storage, then the engine, then the gateway, then the demo.</summary>
internal static class MeshHost
{
    public static void AddMesh(this WebApplicationBuilder builder, MeshOptions options)
    {
        var services = builder.Services;
        services.AddSingleton(TimeProvider.System);
        services.AddMeshStorage(storage => MeshOptions.BindStorage(builder.Configuration, storage));
        services.AddSingleton<LiveDirectory>().AddSingleton<IDirectory>(
            provider => provider.GetRequiredService<LiveDirectory>());
        services.AddSingleton<DirectoryRules>();
        services.AddSingleton(Microsoft.Extensions.Options.Options.Create(options.Live));
        builder.AddMeshEngine();
        var auth = options.Auth;
        if (builder.Environment.IsDevelopment() && auth.SigningKey is null && auth.Authority is null)
        {
            auth.SigningKey = TokenSigner.DevelopmentKey(options.DataFolder);
        }

        builder.AddMeshGateway(auth);
        services.AddHostedService<Warmup>();
        if (options.Demo.Enabled)
        {
            services.AddSingleton(options.Demo);
            services.AddHostedService<DemoTraffic>();
        }
    }

    /// <summary>Migrates, loads the directory and, for the demo, makes one where there is none.</summary>
    public static async Task PrepareAsync(this WebApplication app, MeshOptions options)
    {
        await app.Services.GetRequiredService<IStorageAdmin>().MigrateAsync();
        var store = app.Services.GetRequiredService<IDirectoryStore>();
        var data = await store.LoadAsync();
        if (data is null && options.Demo.Enabled)
        {
            app.Logger.LogInformation("Making the demo district");
            data = DemoDistrict.Generate();
            await store.SaveAsync(data);
        }

        if (data is null)
        {
            app.Logger.LogWarning("No directory yet: import one with the verb 'import'");
        }
        else
        {
            app.Services.GetRequiredService<LiveDirectory>().Replace(data);
        }
    }
}
