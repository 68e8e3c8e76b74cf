using GridMesh.Contracts.Clocks;
using GridMesh.Contracts.Directory;
using GridMesh.Contracts.Incidents;

namespace GridMesh.Grains.Incidents;

/// <summary>Limits of orders of the hotline (DOMAIN "12345"), in place of the filing standard's.</summary>
public static class HotlineLimits
{
    private const int EnquiryDays = 3;
    private const int ComplaintDays = 13;
    private const int UrgentHoursMin = 1;

    /// <summary>
    /// What an order has to be handled in. An urgent one is due the same day: it gets the whole hours that are left of
    /// the day in China when dispatch and acceptance have taken the time that they may, and an hour at least.
    /// </summary>
    public static (int Limit, ClockKind Clock) Of(HotlineKind kind, DateTimeOffset now) => kind switch
    {
        HotlineKind.Enquiry => (EnquiryDays, ClockKind.WorkDay),
        HotlineKind.Complaint => (ComplaintDays, ClockKind.WorkDay),
        _ => (Math.Max(UrgentHoursMin, (int)LeftOfDay(now).TotalHours), ClockKind.UrgentHour),
    };

    private static TimeSpan LeftOfDay(DateTimeOffset now) =>
        ChinaTime.StartOf(ChinaTime.Day(now).AddDays(1)) - now
        - StageLimits.Dispatch - StageLimits.Accept;
}
