using NodaTime;

namespace Threadwell.Web.Appointments;

/// <summary>A time that is free.</summary>
/// <param name="Start">When it begins, in the clinic's time.</param>
/// <param name="Doctor">Who is free.</param>
/// <param name="Place">Which room is free.</param>
public sealed record FreeTime(LocalDateTime Start, Guid Doctor, AppointmentPlace Place);

/// <summary>Finds times at which a doctor and a room are both free.</summary>
/// <param name="choices">Who and where.</param>
/// <param name="taken">What is taken in the days that are asked for.</param>
/// <param name="now">Now: nothing before it is free.</param>
internal sealed class FreeTimes(AppointmentChoices choices, IReadOnlyList<Taken> taken, Instant now)
{
    /// <summary>Steps in which times are offered, minutes.</summary>
    public const int Step = 30;

    /// <summary>The free times of a day, the earliest first, each once.</summary>
    /// <param name="day">The day.</param>
    /// <param name="minutes">How long.</param>
    /// <param name="doctor">A doctor; null for any.</param>
    /// <param name="place">A place; null for any.</param>
    /// <param name="patient">A patient who must be free, too; null for none.</param>
    public IEnumerable<FreeTime> On(LocalDate day, int minutes, Guid? doctor, AppointmentPlace? place, Guid? patient = null) => choices.Openings
        .Where(opening => place is null || opening.Key == place.Facility)
        .SelectMany(opening => opening.Value.On(day).SelectMany(Starts).Select(time => At(day + time, minutes, doctor, place, patient)))
        .OfType<FreeTime>()
        .DistinctBy(free => free.Start)
        .OrderBy(free => free.Start);

    /// <summary>Who and which room is free from a time on; null where nobody is, or the clinic is closed, or the time has passed.</summary>
    /// <param name="start">The time.</param>
    /// <param name="minutes">How long.</param>
    /// <param name="doctor">A doctor; null for any.</param>
    /// <param name="place">A place; null for any.</param>
    /// <param name="patient">A patient who must be free, too; null for none.</param>
    public FreeTime? At(LocalDateTime start, int minutes, Guid? doctor, AppointmentPlace? place, Guid? patient = null)
    {
        Instant from = choices.Zone.AtLeniently(start).ToInstant();
        Instant until = from + Duration.FromMinutes(minutes);
        Taken[] meanwhile = [.. taken.Where(one => one.Overlaps(from, until))];
        if (from < now || from.InZone(choices.Zone).LocalDateTime != start || (patient is { } person && meanwhile.Any(one => one.Patient == person)))
        {
            return null;
        }

        Guid? who = choices.Doctors.Select(one => (Guid?)one.Id).FirstOrDefault(one => (doctor is null || one == doctor) && meanwhile.All(other => other.Doctor != one));
        AppointmentPlace? where = choices.Places.FirstOrDefault(one =>
            (place is null || one == place) && choices.Openings[one.Facility].IsOpenThroughout(from, until) && !meanwhile.Any(other => other.Takes(one)));
        return who is { } found && where is not null ? new FreeTime(start, found, where) : null;
    }

    /// <summary>The first free time on the working day nearest to a day, not before today; of two as near the later one.</summary>
    /// <param name="wanted">The day.</param>
    /// <param name="within">How many days it may be off.</param>
    /// <param name="minutes">How long.</param>
    /// <param name="doctor">A doctor; null for any.</param>
    /// <param name="patient">The patient.</param>
    public FreeTime? Near(LocalDate wanted, int within, int minutes, Guid? doctor, Guid patient)
    {
        LocalDate today = now.InZone(choices.Zone).Date;
        LocalDate aim = LocalDate.Max(wanted, today);
        for (int off = 0; off <= within; off++)
        {
            foreach (LocalDate day in off == 0 ? (LocalDate[])[aim] : [aim.PlusDays(off), aim.PlusDays(-off)])
            {
                if (day >= today && On(day, minutes, doctor, null, patient).FirstOrDefault() is { } found)
                {
                    return found;
                }
            }
        }

        return null;
    }

    private static IEnumerable<LocalTime> Starts(OpenSpan span)
    {
        for (int minute = (span.Opens.Hour * 60) + span.Opens.Minute; minute < (span.Closes.Hour * 60) + span.Closes.Minute; minute += Step)
        {
            yield return LocalTime.Midnight.PlusMinutes(minute);
        }
    }
}
