using NodaTime;
using Threadwell.Care.Udi;

namespace Threadwell.Care.Tests.Udi;

/// <summary>GS1 element strings, with the published examples of the standard and of the FDA's list of formats.</summary>
public class Gs1Tests
{
    private const string Gs = "\u001d";

    private static readonly LocalDate Today = new(2026, 11, 26);

    /// <summary>"UDI formats by FDA-accredited issuing agency": the GS1 example, printed and as its raw element string.</summary>
    [Theory]
    [InlineData("(01)51022222233336(11)141231(17)150707(10)A213B1(21)1234")]
    [InlineData("0151022222233336111412311715070710A213B1\u001d211234")]
    [InlineData("]C10151022222233336111412311715070710A213B1\u001d211234")]
    [InlineData("]d20151022222233336111412311715070710A213B1\u001d211234\r\n")]
    [InlineData("]Q3\u001d0151022222233336111412311715070710A213B1\u001d211234\u001d")]
    [InlineData("]e00151022222233336\u001d11141231\u001d17150707\u001d10A213B1\u001d211234")]
    [InlineData("0151022222233336111412311715070710A213B1<GS>211234")]
    [InlineData("  (01) 51022222233336")]
    public void The_example_of_the_fda_is_read(string barcode)
    {
        if (barcode.Contains(") ", StringComparison.Ordinal))
        {
            Assert.Equal(7, Assert.Throws<UdiException>(() => UdiReader.Read([barcode], Today)).Position);
            return;
        }

        DeviceIdentification device = UdiReader.Read([barcode], Today);
        Assert.Equal((IssuingAgency.Gs1, "51022222233336", "A213B1", "1234"), (device.Agency, device.DeviceIdentifier, device.Lot, device.Serial));
        Assert.Equal((new LocalDate(2014, 12, 31), new LocalDate(2015, 7, 7)), (device.Produced!.Value, device.Expiry!.Value));
        Assert.Equal("(01)51022222233336(11)141231(17)150707(10)A213B1(21)1234", device.Text);
        Assert.Empty(device.Other);
    }

    /// <summary>A UDI in Data Matrix as a scanner's manual prints it, with an identifier that is not ours (240).</summary>
    [Fact]
    public void What_is_not_ours_is_kept_as_it_is()
    {
        DeviceIdentification device = UdiReader.Read([$"]d20108806388269617112302141728021310230214A3263-01{Gs}21059{Gs}240ARO4808C"], Today);
        Assert.Equal(("08806388269617", "230214A3263-01", "059"), (device.DeviceIdentifier, device.Lot, device.Serial));
        Assert.Equal(new LocalDate(2028, 2, 13), device.Expiry);
        Assert.Equal(new UdiElement("240", "ARO4808C"), Assert.Single(device.Other));
    }

    [Theory]
    [InlineData("629104150021", '3')] // GS1's page on check digits
    [InlineData("5102222223333", '6')]
    [InlineData("0950600013435", '2')] // GTIN of the examples in GS1 standards
    [InlineData("37610425002123456", '9')] // SSCC, General Specifications 7.9.1
    public void The_check_digit_is_the_standards(string digits, char check) => Assert.Equal(check, Gs1Identifiers.CheckDigit(digits));

    [Theory]
    [InlineData("260200", 2026, 2, 28)]
    [InlineData("280200", 2028, 2, 29)]
    [InlineData("270400", 2027, 4, 30)]
    [InlineData("761231", 2076, 12, 31)] // 50 ahead: this century
    [InlineData("771231", 1977, 12, 31)] // 51 ahead: the last
    [InlineData("000101", 2000, 1, 1)]
    public void Day_zero_is_the_last_of_the_month_and_the_century_is_told_by_the_window(string date, int year, int month, int day) =>
        Assert.Equal(new LocalDate(year, month, day), UdiReader.Read([$"(01)51022222233336(17){date}"], Today).Expiry);

    [Theory]
    [InlineData(2060, 9, 2109)] // 51 behind: the next century
    [InlineData(2060, 10, 2110)] // 50 behind: the next century
    [InlineData(2060, 11, 2011)] // 49 behind: this one
    [InlineData(2026, 76, 2076)]
    [InlineData(2026, 77, 1977)]
    [InlineData(2049, 0, 2000)]
    public void The_window_of_two_digit_years_is_that_of_section_7_12(int year, int twoDigits, int expected) =>
        Assert.Equal(expected, UdiDates.Year(twoDigits, new LocalDate(year, 6, 1)));

    [Fact]
    public void Two_barcodes_of_one_package_are_joined_in_any_order()
    {
        DeviceIdentification device = UdiReader.Read(["]C11728021310LOT1", "]C10151022222233336"], Today);
        Assert.Equal(("51022222233336", "LOT1", new LocalDate(2028, 2, 13)), (device.DeviceIdentifier, device.Lot, device.Expiry!.Value));
        Assert.Equal("(01)51022222233336(17)280213(10)LOT1", device.Text);
        Assert.Contains("do not belong", Assert.Throws<UdiException>(() => UdiReader.Read(["(01)51022222233336(10)A", "(10)B"], Today)).Message, StringComparison.Ordinal);
    }

    /// <summary>An unknown identifier of the closed table is split by its predefined length, and others by the separator.</summary>
    [Theory]
    [InlineData("310200123401510222222333361728021310A", "3102", "001234")]
    [InlineData("01510222222333362001\u001d10A", "20", "01")]
    [InlineData("015102222223333691ANY/THING\u001d10A", "91", "ANY/THING")]
    [InlineData("01510222222333367121234\u001d10A", "712", "1234")]
    [InlineData("019501101020917815101020917", "", "")]
    public void Unknown_identifiers_are_split_by_the_table_of_predefined_lengths(string barcode, string identifier, string value)
    {
        if (identifier.Length == 0)
        {
            Assert.Throws<UdiException>(() => UdiReader.Read([barcode], Today));
            return;
        }

        DeviceIdentification device = UdiReader.Read([barcode], Today);
        Assert.Equal(new UdiElement(identifier, value), Assert.Single(device.Other));
        Assert.Equal("A", device.Lot);
    }

    [Theory]
    [InlineData("", null, "empty")]
    [InlineData("   ", null, "empty")]
    [InlineData("]C1", null, "empty")]
    [InlineData("]C0ABC", 1, "']C0'")]
    [InlineData("0151022222233337", 16, "check digit of the product's number is 7, but must be 6")]
    [InlineData("(01)51022222233337", 18, "must be 6")]
    [InlineData("(01)5102222223333", 18, "needs 14 digits")]
    [InlineData("(01)5102222223333X", 18, "needs 14 digits")]
    [InlineData("015102222223333", 16, "ends too early")]
    [InlineData("(01)51022222233336(17)261301", 23, "no day")]
    [InlineData("(01)51022222233336(17)260230", 23, "no day")]
    [InlineData("(01)51022222233336(17)26023", 28, "needs 6 digits")]
    [InlineData("(01)51022222233336(10)", 23, "no value")]
    [InlineData("(01)51022222233336(10)123456789012345678901", 43, "more than 20")]
    [InlineData("(01)51022222233336(10)A B", 24, "does not occur")]
    [InlineData("(01)51022222233336(10)Đ", 23, "does not occur")]
    [InlineData("(10)A(10)B(01)51022222233336", 10, "do not belong")]
    [InlineData("(17)280213(10)A", null, "(01) is missing")]
    [InlineData("015102222223333610A<GS><GS>211", 24, "application identifier is needed")]
    [InlineData("0151022222233336(10)A", 17, "application identifier is needed")]
    [InlineData("015102222223333605A", 17, "begins with 05")]
    [InlineData("015102222223333631A", 19, "has 4 digits")]
    [InlineData("ABC", 1, "application identifier is needed")]
    [InlineData("(0151022222233336", 1, "in parentheses")]
    public void Each_defect_is_named_with_its_place(string barcode, int? position, string says)
    {
        UdiException error = Assert.Throws<UdiException>(() => UdiReader.Read([barcode], Today));
        Assert.Contains(says, error.Message, StringComparison.Ordinal);
        Assert.Equal((1, position), (error.Barcode, error.Position));
        Assert.NotEqual(error.Problem.En, error.Problem.Vi);
    }

    [Fact]
    public void Nothing_and_too_many_barcodes_and_a_mixture_are_refused()
    {
        Assert.Throws<UdiException>(() => UdiReader.Read([], Today));
        Assert.Throws<UdiException>(() => UdiReader.Read(["1", "2", "3", "4"], Today));
        Assert.Equal(2, Assert.Throws<UdiException>(() => UdiReader.Read(["(01)51022222233336", "+A123BJC5D6E71G"], Today)).Barcode);
        Assert.Throws<UdiException>(() => UdiReader.Read([new string('1', 301)], Today));
    }
}
