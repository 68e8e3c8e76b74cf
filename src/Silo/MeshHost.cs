using GridMesh.Contracts.Directory;
using GridMesh.Contracts.Storage;
using GridMesh.Contracts.Subscriptions;
using GridMesh.Demo;
using GridMesh.Gateway;
using GridMesh.Gateway.Plumbing.Health;
using GridMesh.Grains.Directory;
using GridMesh.Grains.Incidents;
using GridMesh.Silo.Hosting;
using GridMesh.Silo.Kpis;
using GridMesh.Silo.Retention;
using GridMesh.Silo.Subscriptions;
using GridMesh.Storage;
using Npgsql;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace GridMesh.Silo;

/// <summary>
/// Puts the process together: storage, then the grains or the way to them, then the gateway, then the demo.
/// </summary>
internal static class MeshHost
{
    public static void AddMesh(this WebApplicationBuilder builder, MeshOptions options)
    {
        var services = builder.Services;
        services.AddSingleton(TimeProvider.System);
        services.AddMeshStorage(storage => StorageSettings.Bind(builder.Configuration, storage));
        services.AddMeshDirectory();
        services.AddSingleton(options);
        if (options.Cluster.HasSilo)
            builder.AddGrains(options);
        else
            builder.AddMeshClient(options);

        builder.AddMeshProbes(options.Endpoints);
        if (options.Storage.Kind == StorageKind.Postgres)
        {
            services.ConfigureOpenTelemetryMeterProvider(metrics => metrics.AddNpgsqlInstrumentation());
            services.ConfigureOpenTelemetryTracerProvider(traces => traces.AddNpgsql());
        }

        if (options.Cluster.HasGateway)
            builder.AddMeshGateway(options.Auth, options.DataFolder);

        services.AddSingleton<LiveTree>();
        services.AddHostedService<Warmup>();
        if (options.Cluster.HasSilo)
        {
            services.AddHostedService<KpiCatchUp>();
            services.AddHostedService<SubscriptionWaker>();
            services.AddSingleton(options.Retention).AddHostedService<RetentionSweep>();
        }

        if (options.Demo.Enabled)
        {
            services.AddSingleton(options.Demo);
            services.AddHostedService<DemoTraffic>();
        }
    }

    public static void MapMesh(this WebApplication app, MeshOptions options)
    {
        if (options.Cluster.HasGateway)
            app.MapMeshGateway();
        else
            app.MapMeshProbes();
    }

    /// <summary>
    /// Migrates, loads the directory and, for the demo, makes one where there is none. A gateway alone changes nothing:
    /// the schema is the silos' or the operator's.
    /// </summary>
    public static async Task PrepareAsync(this WebApplication app, MeshOptions options)
    {
        var store = app.Services.GetRequiredService<IDirectoryStore>();
        if (app.Services.GetService<DatabaseClaim>() is { } claim)
            await claim.TakeAsync();

        if (options.Cluster.HasSilo)
        {
            await app.Services.GetRequiredService<IStorageAdmin>().MigrateAsync();
            if (await store.VersionAsync() == 0 && options.Demo.Enabled)
            {
                app.Logger.LogInformation("Making the demo district");
                await store.SaveAsync(DemoDistrict.Generate(), new DirectoryOrigin("demo", DirectoryOrigin.Package));
            }
        }

        app.TakeDirectory(await store.LatestAsync());
    }

    private static void AddGrains(this WebApplicationBuilder builder, MeshOptions options)
    {
        var services = builder.Services;
        services.AddSingleton<DirectoryRules>();
        services.AddSingleton<IncidentRules>();
        services.AddSingleton(Microsoft.Extensions.Options.Options.Create(options.Live));
        services.AddSingleton(Microsoft.Extensions.Options.Options.Create(options.Webhooks));
        services.AddSingleton<IWebhookClient>(provider => new WebhookClient(
            options.Webhooks, options.Webhooks.AllowPrivate == true, provider.GetRequiredService<TimeProvider>()));
        if (options.Storage.Kind == StorageKind.Postgres)
        {
            services.AddSingleton<DatabaseClaim>();
            services.AddHostedService(provider => provider.GetRequiredService<DatabaseClaim>());
        }

        builder.AddMeshSilo(options);
    }
}
