"""Parses a document of a solution."""

from connector_builder.sources.solution.archive import Archive, Refused
from connector_builder.sources.solution.model import Document, xml_place
from connector_builder.sources.solution.xml import XmlRefused, read_xml


def parse(archive: Archive, name: str) -> Document:
    path, content = archive.shown(name), archive.read(name)
    try:
        return Document(path, content, read_xml(content))
    except XmlRefused as error:
        place = xml_place(path, content, error.at)
        raise Refused(path, error.message, "export the solution again", place) from error
