using GridMesh.Gateway.Plumbing.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace GridMesh.Gateway.Tests.Plumbing.Health;

public sealed class ServingTests
{
    [Fact(DisplayName = "[DU5] a process that stops because a part of it failed does not end with exit code 0")]
    public async Task Failed() =>
        (await RunAsync(_ => throw new InvalidDataException("bad data"))).ShouldBe(Serving.FailedCode);

    [Fact(DisplayName = "[DU4] a process that is told to stop ends with exit code 0")]
    public async Task Stopped() => (await RunAsync(lifetime =>
    {
        lifetime.StopApplication();
        return Task.CompletedTask;
    })).ShouldBe(0);

    private static Task<int> RunAsync(Func<IHostApplicationLifetime, Task> work)
    {
        var builder = MeshBuilder.Create(["--urls=http://127.0.0.1:0"]);
        builder.Services.AddHostedService(services => new Part(async () =>
        {
            var lifetime = services.GetRequiredService<IHostApplicationLifetime>();
            var started = new TaskCompletionSource();
            lifetime.ApplicationStarted.Register(started.SetResult);
            await started.Task;
            await work(lifetime);
        }));
        return Serving.RunAsync(builder.Build(), () => Task.CompletedTask, _ => { });
    }

    private sealed class Part(Func<Task> work) : BackgroundService
    {
        protected override Task ExecuteAsync(CancellationToken stoppingToken) => work();
    }
}
