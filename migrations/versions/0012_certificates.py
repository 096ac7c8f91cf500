"""Certificates of evidence, and the keys that sign their badges."""

import sqlalchemy as sa
from alembic import op


revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('certificate',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('enrolment_id', sa.Integer(), nullable=False),
    sa.Column('author_id', sa.Integer(), nullable=True),
    sa.Column('token', sa.String(length=43), nullable=False),
    sa.Column('name', sa.String(length=80), nullable=False),
    sa.Column('issuer', sa.String(length=80), nullable=False),
    sa.Column('cohort', sa.String(length=80), nullable=False),
    sa.Column('starts_on', sa.Date(), nullable=False),
    sa.Column('ends_on', sa.Date(), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('rule', sa.Text(), nullable=False),
    sa.Column('modules', sa.JSON(), nullable=False),
    sa.Column('modules_of', sa.Integer(), nullable=False),
    sa.Column('conversations', sa.Integer(), nullable=False),
    sa.Column('connecting', sa.Integer(), nullable=False),
    sa.Column('gate_open', sa.Boolean(), nullable=False),
    sa.Column('says_gate', sa.Boolean(), nullable=False),
    sa.Column('issued_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('answered_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('shown_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('revoked_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('revoked_why', sa.String(length=280), nullable=False),
    sa.CheckConstraint('connecting >= 0 AND connecting <= conversations', name=op.f('ck_certificate_connecting')),
    sa.CheckConstraint('gate_open OR NOT says_gate', name=op.f('ck_certificate_says_gate')),
    sa.ForeignKeyConstraint(['author_id'], ['person.id'], name=op.f('fk_certificate_author_id'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['enrolment_id'], ['enrolment.id'], name=op.f('fk_certificate_enrolment_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_certificate')),
    sa.UniqueConstraint('token', name=op.f('uq_certificate_token'))
    )
    with op.batch_alter_table('certificate', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_certificate_enrolment_id'), ['enrolment_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_certificate_author_id'), ['author_id'], unique=False)
        valid = sa.text('revoked_at IS NULL')
        batch_op.create_index('uq_certificate_valid', ['enrolment_id'], unique=True, sqlite_where=valid, postgresql_where=valid)
    op.create_table('badge_key',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('kid', sa.String(length=43), nullable=False),
    sa.Column('public', sa.JSON(), nullable=False),
    sa.Column('sealed', sa.Text(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_badge_key')),
    sa.UniqueConstraint('kid', name=op.f('uq_badge_key_kid'))
    )


def downgrade() -> None:
    for table in ('badge_key', 'certificate'):
        op.drop_table(table)
