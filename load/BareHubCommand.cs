using System.CommandLine;
using GridMesh.Load.Bare;

namespace GridMesh.Load;

/// <summary><c>bare-hub</c> on the command line: started by <c>fanout</c>, and by hand for looking at it.</summary>
internal static class BareHubCommand
{
    public static Command Create(TimeProvider time)
    {
        var urls = new Option<string>("--urls")
        {
            Description = "Where it listens. 监听地址。",
            DefaultValueFactory = _ => "http://127.0.0.1:5090",
        };
        var command = new Command(
            BareProcess.Verb,
            "Runs SignalR with nothing of ours in it, which fanout compares the product with. 对照用的纯 SignalR 服务。")
        {
            urls,
        };
        urls.Validators.Add(result =>
        {
            if (!Uri.TryCreate(result.GetValueOrDefault<string>(), UriKind.Absolute, out _))
            {
                result.AddError("--urls has to be an address such as http://127.0.0.1:5090");
            }
        });
        command.SetAction((parsed, cancellation) =>
            BareServer.RunAsync(new Uri(parsed.GetValue(urls)!), time, cancellation));
        return command;
    }
}
