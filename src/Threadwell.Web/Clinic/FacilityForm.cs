using Microsoft.Extensions.Localization;
using NodaTime;
using Threadwell.Storage.Clinic;
using Threadwell.Web.Forms;
using Threadwell.Web.Text;

namespace Threadwell.Web.Clinic;

/// <summary>A facility as it was typed.</summary>
internal sealed class FacilityForm
{
    /// <summary>Name.</summary>
    public string? Name { get; set; }

    /// <summary>Address.</summary>
    public string? Address { get; set; }

    /// <summary>What it is licensed as.</summary>
    public string? Kind { get; set; }

    /// <summary>Number of its licence.</summary>
    public string? LicenceNumber { get; set; }

    /// <summary>First day of the licence.</summary>
    public string? LicenceFrom { get; set; }

    /// <summary>Last day of the licence.</summary>
    public string? LicenceUntil { get; set; }

    /// <summary>Whether thread lifting stands on its list of permitted procedures.</summary>
    public bool PermitsThreadLift { get; set; }

    /// <summary>Rooms, one a line.</summary>
    public string? Rooms { get; set; }

    /// <summary>Revision that was read.</summary>
    public long Revision { get; set; }

    /// <summary>The facility as it is kept.</summary>
    public static FacilityForm Of(Facility facility) => new()
    {
        Name = facility.Name,
        Address = facility.Address,
        Kind = facility.Kind.ToString(),
        LicenceNumber = facility.LicenceNumber,
        LicenceFrom = facility.LicenceFrom is { } from ? ClinicDates.ToType(from) : "",
        LicenceUntil = facility.LicenceUntil is { } until ? ClinicDates.ToType(until) : "",
        PermitsThreadLift = facility.PermitsThreadLift,
        Rooms = facility.Rooms,
        Revision = facility.Revision,
    };

    /// <summary>What keeps a facility from treating on a day, as the texts name it; null where nothing does.</summary>
    public static string? Standing(Facility facility, LocalDate day) =>
        facility.Kind is FacilityKind.NotMedical ? "medical"
        : facility.LicenceNumber.Length == 0 || facility.LicenceFrom is null ? "licence"
        : facility.LicenceFrom > day ? "early"
        : facility.LicenceUntil < day ? "late"
        : !facility.PermitsThreadLift ? "procedure"
        : null;

    /// <summary>Makes the facility anew, or fills a given one, where nothing is wrong with what was typed.</summary>
    /// <returns>The facility; null where something is wrong.</returns>
    public Facility? Fill(Facility? facility, FieldProblems problems, IStringLocalizer<ClinicText> text)
    {
        string name = (Name ?? "").Trim();
        string number = (LicenceNumber ?? "").Trim();
        LocalDate? from = Date("Form.LicenceFrom", LicenceFrom);
        LocalDate? until = Date("Form.LicenceUntil", LicenceUntil);
        if (name.Length == 0)
        {
            problems.Add("Form.Name", text["facility.name.needed"]);
        }

        if (!Enum.TryParse(Kind, out FacilityKind kind) || !Enum.IsDefined(kind))
        {
            problems.Add("Form.Kind", text["facility.kind.needed"]);
        }

        if (number.Length > 0 && from is null)
        {
            problems.Add("Form.LicenceFrom", text["licence.from.needed"]);
        }

        if (until < from)
        {
            problems.Add("Form.LicenceUntil", text["licence.until.early"]);
        }

        if (PermitsThreadLift && kind == FacilityKind.NotMedical)
        {
            problems.Add("Form.PermitsThreadLift", text["facility.permits.medical"]);
        }

        if (!problems.None)
        {
            return null;
        }

        // The first one counts from 1.
        facility ??= new Facility { Id = Guid.CreateVersion7(), Name = name, Kind = kind, Revision = 0 };
        facility.Revision++;
        facility.Name = name;
        facility.Address = (Address ?? "").Trim();
        facility.Kind = kind;
        facility.LicenceNumber = number;
        facility.LicenceFrom = from;
        facility.LicenceUntil = until;
        facility.PermitsThreadLift = PermitsThreadLift;
        facility.Rooms = string.Join('\n', (Rooms ?? "").Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));
        return facility;

        LocalDate? Date(string field, string? typed)
        {
            LocalDate? date = ClinicDates.Read(typed);
            if (date is null && !string.IsNullOrWhiteSpace(typed))
            {
                problems.Add(field, text["date.wrong"]);
            }

            return date;
        }
    }
}
