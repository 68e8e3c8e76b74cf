using System.CommandLine;
using GridMesh.Load.Districts;
using GridMesh.Load.Running;

namespace GridMesh.Load;

/// <summary><c>district</c> and <c>soak</c> on the command line.</summary>
internal static class DistrictCommand
{
    public static Command CreateDay(TimeProvider time, TextWriter output, TextWriter progress) => Create(
        new DistrictOptions { Scenario = DistrictScenario.Day, Duration = TimeSpan.FromMinutes(6) },
        "A day of a district of a million people in minutes. 百万人口区划的一天。", time, output, progress);

    public static Command CreateSoak(TimeProvider time, TextWriter output, TextWriter progress) => Create(
        new DistrictOptions { Scenario = DistrictScenario.Soak, Duration = TimeSpan.FromHours(1) },
        "The busy hour of a district; memory and handles have to stay flat. 长时间运行，内存与句柄须平稳。", time, output, progress);

    private static Command Create(
        DistrictOptions defaults, string description, TimeProvider time, TextWriter output, TextWriter progress)
    {
        var phones = new Option<int>("--phones") { Description = "Phones that watch their grid. 手机数。", DefaultValueFactory = _ => defaults.Phones };
        var common = new RunArguments(defaults, "Not used: a district's rates are what DOMAIN tells. 不使用。");
        var command = new Command(defaults.Scenario, description) { phones };
        common.AddTo(command);
        common.Handle(
            command,
            parsed => defaults with { Phones = parsed.GetValue(phones) },
            (options, context, cancellation) => new DistrictScenario(options, context).RunAsync(cancellation),
            time, output, progress);
        return command;
    }
}
