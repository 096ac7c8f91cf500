"""Mail that is leased, settled or given up, and how people want it; calendars at a secret address."""

import sqlalchemy as sa
from alembic import op


revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

WAITING = sa.text("state = 'waiting'")


def upgrade() -> None:
    op.create_table('feed',
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('token_hash', sa.String(length=64), nullable=False),
    sa.Column('words', sa.Boolean(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_feed_person_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('person_id', name=op.f('pk_feed')),
    sa.UniqueConstraint('token_hash', name=op.f('uq_feed_token_hash'))
    )
    op.create_table('mail_terms',
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('digest', sa.Boolean(), nullable=False),
    sa.Column('announcements', sa.Boolean(), nullable=False),
    sa.Column('digest_hour', sa.Integer(), nullable=False),
    sa.Column('quiet_from', sa.Integer(), nullable=False),
    sa.Column('quiet_until', sa.Integer(), nullable=False),
    sa.Column('digest_on', sa.Date(), nullable=True),
    sa.CheckConstraint('digest_hour BETWEEN 0 AND 23', name=op.f('ck_mail_terms_digest_hour')),
    sa.CheckConstraint('quiet_from BETWEEN 0 AND 23', name=op.f('ck_mail_terms_quiet_from')),
    sa.CheckConstraint('quiet_until BETWEEN 0 AND 23', name=op.f('ck_mail_terms_quiet_until')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_mail_terms_person_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('person_id', name=op.f('pk_mail_terms'))
    )
    op.drop_index('ix_mail_unsent', table_name='mail')
    with op.batch_alter_table('mail', schema=None) as batch_op:
        batch_op.add_column(sa.Column('kind', sa.String(length=16), nullable=False, server_default="notice"))
        batch_op.add_column(sa.Column('state', sa.String(length=12), nullable=False, server_default="waiting"))
        batch_op.add_column(sa.Column('person_id', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('unsubscribe', sa.String(length=300), nullable=True))
        batch_op.add_column(sa.Column('created_at', sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column('doubts', sa.Integer(), nullable=False, server_default="0"))
        batch_op.add_column(sa.Column('leased_by', sa.String(length=16), nullable=True))
        batch_op.add_column(sa.Column('began_at', sa.DateTime(timezone=True), nullable=True))
    # What was sent keeps no text; what had been tried too often is given up.
    op.execute("UPDATE mail SET created_at = due_at")
    op.execute("UPDATE mail SET state = 'sent', body = '' WHERE sent_at IS NOT NULL")
    op.execute("UPDATE mail SET state = 'dead' WHERE sent_at IS NULL AND attempts >= 8")
    with op.batch_alter_table('mail', schema=None) as batch_op:
        batch_op.alter_column('created_at', existing_type=sa.DateTime(timezone=True), nullable=False)
        batch_op.create_check_constraint(batch_op.f('ck_mail_state'), "state IN ('waiting', 'sent', 'dead', 'ambiguous')")
        batch_op.create_check_constraint(batch_op.f('ck_mail_kind'), "kind IN ('confirm', 'offer', 'welcome', 'reset', 'digest', 'announcement', 'notice')")
        batch_op.create_foreign_key(batch_op.f('fk_mail_person_id'), 'person', ['person_id'], ['id'], ondelete='CASCADE')
        batch_op.create_index('ix_mail_waiting', ['due_at'], unique=False, sqlite_where=WAITING, postgresql_where=WAITING)
        batch_op.create_index(batch_op.f('ix_mail_state_id'), ['state', 'id'], unique=False)
        batch_op.create_index(batch_op.f('ix_mail_person_id_id'), ['person_id', 'id'], unique=False)

    with op.batch_alter_table('token', schema=None) as batch_op:
        batch_op.add_column(sa.Column('kind', sa.String(length=16), nullable=True))
        batch_op.drop_constraint(batch_op.f('ck_token_purpose'), type_='check')
        batch_op.create_check_constraint(batch_op.f('ck_token_purpose'), "purpose IN ('confirm', 'reset', 'unsubscribe')")

    with op.batch_alter_table('promise', schema=None) as batch_op:
        batch_op.add_column(sa.Column('sequence', sa.Integer(), nullable=False, server_default="0"))
        batch_op.add_column(sa.Column('changed_at', sa.DateTime(timezone=True), nullable=False, server_default="2026-11-27 00:00:00+00:00"))
