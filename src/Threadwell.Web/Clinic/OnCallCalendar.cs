using Microsoft.EntityFrameworkCore;
using NodaTime;
using Threadwell.Storage;
using Threadwell.Storage.Accounts;
using Threadwell.Storage.Clinic;

namespace Threadwell.Web.Clinic;

/// <summary>Who can be called when, and on which days nobody can.</summary>
internal static class OnCallCalendar
{
    /// <summary>Turns that have not ended, the earliest first.</summary>
    /// <param name="database">The record.</param>
    /// <param name="from">First day.</param>
    public static async Task<IReadOnlyList<OnCallTurn>> TurnsAsync(ThreadwellContext database, LocalDate from) =>
        [.. (await database.OnCallTurns.AsNoTracking().Where(turn => turn.Until >= from).ToListAsync()).OrderBy(turn => turn.From).ThenBy(turn => turn.Until).ThenBy(turn => turn.Id)];

    /// <summary>Doctors of some turns whom no message reaches, because no browser of theirs agreed to any: a task that comes to them waits until somebody telephones.</summary>
    /// <param name="database">The record.</param>
    /// <param name="turns">The turns.</param>
    public static async Task<IReadOnlySet<Guid>> UnreachedAsync(ThreadwellContext database, IReadOnlyList<OnCallTurn> turns)
    {
        Guid[] called = [.. turns.Select(turn => turn.UserId).Distinct()];
        return (await database.Users.Where(user => called.Contains(user.Id) && user.Role == Role.Doctor && user.DisabledAt == null && !database.PushSubscriptions.Any(browser => browser.UserId == user.Id && browser.EndedAt == null))
            .Select(user => user.Id).ToListAsync()).ToHashSet();
    }

    /// <summary>The stretches of days on which nobody is on call.</summary>
    /// <param name="turns">The turns.</param>
    /// <param name="from">First day.</param>
    /// <param name="until">Last day, itself included.</param>
    public static IReadOnlyList<(LocalDate From, LocalDate Until)> Gaps(IReadOnlyList<OnCallTurn> turns, LocalDate from, LocalDate until)
    {
        var gaps = new List<(LocalDate From, LocalDate Until)>();
        for (LocalDate day = from; day <= until; day = day.PlusDays(1))
        {
            if (turns.Any(turn => turn.From <= day && day <= turn.Until))
            {
                continue;
            }

            if (gaps.Count > 0 && gaps[^1].Until.PlusDays(1) == day)
            {
                gaps[^1] = (gaps[^1].From, day);
            }
            else
            {
                gaps.Add((day, day));
            }
        }

        return gaps;
    }
}
