using System.Globalization;
using GridMesh.Contracts.Clocks;
using GridMesh.Contracts.Directory;
using GridMesh.Grains.Clocks;

namespace GridMesh.Grains.Tests.Clocks;

public sealed class WorkCalendarTests
{
    private readonly WorkCalendar _calendar = new(Sample.Directory.Data.Calendar);

    // 2026-03-02 is a Monday, Wednesday the 4th a holiday, Saturday the 7th is worked.
    [Theory(DisplayName = "[CL6] a limit ends on its own clock")]
    [InlineData("03-02 09:00", 2, ClockKind.UrgentHour, "03-02 11:00")]
    [InlineData("03-02 23:30", 2, ClockKind.UrgentHour, "03-03 01:30")]
    [InlineData("03-02 09:00", 2, ClockKind.WorkHour, "03-02 11:00")]
    [InlineData("03-02 11:00", 2, ClockKind.WorkHour, "03-02 15:00")]
    [InlineData("03-02 12:30", 1, ClockKind.WorkHour, "03-02 15:00")]
    [InlineData("03-02 17:00", 2, ClockKind.WorkHour, "03-03 09:00")]
    [InlineData("03-02 20:00", 1, ClockKind.WorkHour, "03-03 09:00")]
    [InlineData("03-02 09:00", 1, ClockKind.WorkDay, "03-03 09:00")]
    [InlineData("03-03 09:00", 1, ClockKind.WorkDay, "03-05 09:00")]
    [InlineData("03-06 09:00", 1, ClockKind.WorkDay, "03-07 09:00")]
    [InlineData("03-07 09:00", 1, ClockKind.WorkDay, "03-09 09:00")]
    [InlineData("03-08 10:00", 1, ClockKind.WorkHour, "03-09 09:00")]
    [InlineData("03-02 08:00", 1, ClockKind.WorkDay, "03-02 18:00")]
    [InlineData("03-02 09:00", 3, ClockKind.NaturalDay, "03-05 09:00")]
    public void Deadline(string from, int limit, ClockKind clock, string ends) =>
        _calendar.Deadline(At(from), limit, clock).ShouldBe(At(ends));

    [Theory(DisplayName = "[CL6] the running time between two moments is what the clock ran")]
    [InlineData("03-02 11:00", "03-02 15:00", ClockKind.WorkHour, 2)]
    [InlineData("03-02 18:00", "03-03 08:00", ClockKind.WorkDay, 0)]
    [InlineData("03-03 17:00", "03-05 09:00", ClockKind.WorkHour, 2)]
    [InlineData("03-02 11:00", "03-02 15:00", ClockKind.UrgentHour, 4)]
    [InlineData("03-02 15:00", "03-02 11:00", ClockKind.WorkHour, 0)]
    public void Between(string from, string to, ClockKind clock, double hours) =>
        _calendar.Between(At(from), At(to), clock).TotalHours.ShouldBe(hours);

    [Fact(DisplayName = "[CL6] adding what ran between two work moments comes back to the second")]
    public void AddInvertsBetween()
    {
        var random = new Random(7);
        for (var i = 0; i < 500; i++)
        {
            var from = Sample.Now.AddMinutes(random.Next(20_000));
            var running = TimeSpan.FromMinutes(1 + random.Next(5_000));
            var to = _calendar.Add(from, running, ClockKind.WorkHour);
            _calendar.Between(from, to, ClockKind.WorkHour).ShouldBe(running);
        }
    }

    [Fact(DisplayName = "[CL6] a calendar without a working day still ends")]
    public void NoWorkdays()
    {
        var days = Enumerable.Range(0, WorkCalendar.DaysAheadMax + 1)
            .Select(i => new CalendarDay(new DateOnly(2026, 3, 2).AddDays(i), false, "off"));
        new WorkCalendar(days).Deadline(Sample.Now, 1, ClockKind.WorkHour)
            .ShouldBe(Sample.Now.AddDays(WorkCalendar.DaysAheadMax));
    }

    private static DateTimeOffset At(string text) => ChinaTime.At(DateTime.ParseExact(
        $"2026-{text}", "yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture));
}
